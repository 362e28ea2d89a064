// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.reflection;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.reflection.v1.ErrorResponse;
import io.grpc.reflection.v1.ExtensionNumberResponse;
import io.grpc.reflection.v1.FileDescriptorResponse;
import io.grpc.reflection.v1.ListServiceResponse;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import java.util.List;
import java.util.Optional;

/** Answers the questions of reflection. What is not there is an answer, too. */
final class ReflectionAnswers {

  private ReflectionAnswers() {}

  static ServerReflectionResponse answer(ServerReflectionRequest request, ShownFiles files) {
    var response =
        ServerReflectionResponse.newBuilder()
            .setValidHost(request.getHost())
            .setOriginalRequest(request);
    switch (request.getMessageRequestCase()) {
      case LIST_SERVICES -> response.setListServicesResponse(services(files));
      case FILE_BY_FILENAME ->
          answer(response, files.file(request.getFileByFilename()), request.getFileByFilename());
      case FILE_CONTAINING_SYMBOL ->
          answer(
              response,
              files.fileOf(request.getFileContainingSymbol()),
              request.getFileContainingSymbol());
      case FILE_CONTAINING_EXTENSION -> {
        var extension = request.getFileContainingExtension();
        answer(
            response,
            files.fileOfExtension(extension.getContainingType(), extension.getExtensionNumber()),
            extension.getContainingType() + " extension " + extension.getExtensionNumber());
      }
      case ALL_EXTENSION_NUMBERS_OF_TYPE -> numbers(response, request, files);
      case MESSAGEREQUEST_NOT_SET ->
          response.setErrorResponse(error(Status.Code.UNIMPLEMENTED, "nothing is asked for"));
    }
    return response.build();
  }

  private static ListServiceResponse services(ShownFiles files) {
    var services = ListServiceResponse.newBuilder();
    files
        .services()
        .forEach(name -> services.addService(ServiceResponse.newBuilder().setName(name)));
    return services.build();
  }

  private static void answer(
      ServerReflectionResponse.Builder response, Optional<List<ByteString>> found, String name) {
    found.ifPresentOrElse(
        files ->
            response.setFileDescriptorResponse(
                FileDescriptorResponse.newBuilder().addAllFileDescriptorProto(files)),
        () -> response.setErrorResponse(notFound(name)));
  }

  private static void numbers(
      ServerReflectionResponse.Builder response,
      ServerReflectionRequest request,
      ShownFiles files) {
    String type = request.getAllExtensionNumbersOfType();
    files
        .extensionNumbers(type)
        .ifPresentOrElse(
            numbers ->
                response.setAllExtensionNumbersResponse(
                    ExtensionNumberResponse.newBuilder()
                        .setBaseTypeName(type)
                        .addAllExtensionNumber(numbers)),
            () -> response.setErrorResponse(notFound(type)));
  }

  private static ErrorResponse notFound(String name) {
    return error(Status.Code.NOT_FOUND, name + " is not known here");
  }

  private static ErrorResponse error(Status.Code code, String words) {
    return ErrorResponse.newBuilder().setErrorCode(code.value()).setErrorMessage(words).build();
  }
}
