// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Optional;

/** Answers 200 when the node is ready, else 503 and why not. */
final class ReadinessService implements HttpService {

  private final Readiness readiness;

  ReadinessService(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    Optional<String> obstacle = readiness.obstacle();
    return HttpResponse.of(
        obstacle.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE,
        MediaType.PLAIN_TEXT_UTF_8,
        obstacle.orElse("ready") + '\n');
  }
}
