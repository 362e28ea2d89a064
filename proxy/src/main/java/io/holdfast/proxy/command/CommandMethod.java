// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

import java.util.Objects;

/**
 * A method that a discovered service offers. Made once for each method, shared by all its commands.
 */
public final class CommandMethod {

  private static final String TYPE_URL_PREFIX = "type.googleapis.com/";

  private final String serviceName;
  private final String name;
  private final String inputType;
  private final String outputType;
  private final String fullName;
  private final String inputTypeUrl;

  /**
   * @param serviceName the service's full name
   * @param name the method's name, without its service
   * @param inputType the input message's full name
   * @param outputType the output message's full name
   */
  public CommandMethod(String serviceName, String name, String inputType, String outputType) {
    this.serviceName = Objects.requireNonNull(serviceName, "serviceName");
    this.name = Objects.requireNonNull(name, "name");
    this.inputType = Objects.requireNonNull(inputType, "inputType");
    this.outputType = Objects.requireNonNull(outputType, "outputType");
    this.fullName = serviceName + '/' + name;
    this.inputTypeUrl = TYPE_URL_PREFIX + inputType;
  }

  public String serviceName() {
    return serviceName;
  }

  public String name() {
    return name;
  }

  public String inputType() {
    return inputType;
  }

  public String outputType() {
    return outputType;
  }

  /** {@code service/method}, as in a gRPC path. */
  public String fullName() {
    return fullName;
  }

  /** The type URL under which the function gets the command's payload. */
  public String inputTypeUrl() {
    return inputTypeUrl;
  }

  /**
   * Whether a reply with this type URL is of the output type; what precedes the last slash is free.
   */
  public boolean answersWith(String typeUrl) {
    return names(typeUrl, outputType);
  }

  /** The same of a command with this type URL and the input type. */
  public boolean takes(String typeUrl) {
    return names(typeUrl, inputType);
  }

  private static boolean names(String typeUrl, String type) {
    int slash = typeUrl.length() - type.length() - 1;
    return slash >= 0 && typeUrl.charAt(slash) == '/' && typeUrl.endsWith(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CommandMethod that
        && fullName.equals(that.fullName)
        && inputType.equals(that.inputType)
        && outputType.equals(that.outputType);
  }

  @Override
  public int hashCode() {
    return fullName.hashCode();
  }

  @Override
  public String toString() {
    return fullName;
  }
}
