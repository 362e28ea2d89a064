// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.GeneratedMessageV3.ExtendableMessage;
import io.holdfast.protocol.Entity;
import io.holdfast.protocol.Eventing;
import io.holdfast.protocol.EventingProto;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a function asks for by options in its descriptors and this proxy does not do. Such
 * things stop nothing: the function is served without them, and told so.
 */
final class UnservedOptions {

  // What Cloudstate takes its option numbers from, and what we take ours from.
  private static final int CLOUDSTATE_FIRST = 1080;
  private static final int CLOUDSTATE_LAST = 1099;
  private static final int HOLDFAST_FIRST = 74_400;
  private static final int HOLDFAST_LAST = 74_499;

  private UnservedOptions() {}

  /** A sentence for each thing that is asked for in vain, in the order of the descriptors. */
  static List<String> of(List<Entity> announced, List<EntityService> services) {
    var sentences = new ArrayList<String>();
    for (Entity entity : announced) {
      if (!entity.getPassivationStrategy().getUnknownFields().asMap().isEmpty()) {
        sentences.add(
            "Service "
                + entity.getServiceName()
                + " announces a passivation strategy that this release of the proxy does not know:"
                + " its entities leave memory after the proxy's own time.");
      }
    }
    for (EntityService service : services) {
      var descriptor = service.descriptor();
      unknown("Service " + descriptor.getFullName(), descriptor.getOptions(), sentences);
      descriptor.getMethods().forEach(method -> method(method, sentences));
    }
    return sentences;
  }

  private static void method(MethodDescriptor method, List<String> sentences) {
    String name = "Method " + method.getFullName();
    if (method.getOptions().hasExtension(EventingProto.eventing)) {
      eventing(name, method.getOptions().getExtension(EventingProto.eventing), sentences);
    }
    unknown(name, method.getOptions(), sentences);
    for (FieldDescriptor field : method.getInputType().getFields()) {
      unknown("Field " + field.getFullName(), field.getOptions(), sentences);
    }
  }

  private static void eventing(String method, Eventing eventing, List<String> sentences) {
    if (eventing.hasIn()) {
      String source =
          switch (eventing.getIn().getSourceCase()) {
            case TOPIC -> "the topic " + eventing.getIn().getTopic();
            case EVENT_LOG -> "the events of " + eventing.getIn().getEventLog();
            case SOURCE_NOT_SET -> "a source that it does not name";
          };
      sentences.add(
          method
              + " subscribes to "
              + source
              + " (option cloudstate.eventing, in): this proxy serves no subscriptions yet, so it"
              + " is called by clients only.");
    }
    if (eventing.hasOut()) {
      sentences.add(
          method
              + " sends its replies to the topic "
              + eventing.getOut().getTopic()
              + " (option cloudstate.eventing, out): this proxy serves no topics yet, so they go to"
              + " clients only.");
    }
  }

  /** Options of later protocols and releases arrive as fields without a name. */
  private static void unknown(
      String subject, ExtendableMessage<?> options, List<String> sentences) {
    for (int number : options.getUnknownFields().asMap().keySet()) {
      if (number >= CLOUDSTATE_FIRST && number <= CLOUDSTATE_LAST) {
        sentences.add(ofUnknown(subject, "Cloudstate's option " + number));
      } else if (number >= HOLDFAST_FIRST && number <= HOLDFAST_LAST) {
        sentences.add(ofUnknown(subject, "Holdfast's option " + number));
      }
    }
  }

  private static String ofUnknown(String subject, String option) {
    return subject
        + " has "
        + option
        + ", which this release of the proxy does not know and does not carry out.";
  }
}
