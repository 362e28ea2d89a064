// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

/**
 * A method that a discovered service offers.
 *
 * @param serviceName the service's full name
 * @param name the method's name, without its service
 * @param inputType the input message's full name
 * @param outputType the output message's full name
 */
public record CommandMethod(String serviceName, String name, String inputType, String outputType) {

  private static final String TYPE_URL_PREFIX = "type.googleapis.com/";

  /** {@code service/method}, as in a gRPC path. */
  public String fullName() {
    return serviceName + '/' + name;
  }

  /** The type URL under which the function gets the command's payload. */
  public String inputTypeUrl() {
    return TYPE_URL_PREFIX + inputType;
  }

  /**
   * Whether a reply with this type URL is of the output type; what precedes the last slash is free.
   */
  public boolean answersWith(String typeUrl) {
    int slash = typeUrl.length() - outputType.length() - 1;
    return slash >= 0 && typeUrl.charAt(slash) == '/' && typeUrl.endsWith(outputType);
  }
}
