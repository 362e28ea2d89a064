// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.cors;

import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.cors.CorsService;
import com.linecorp.armeria.server.cors.CorsServiceBuilder;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Answers what browsers ask before a page's request, and marks replies that a page may read. */
public final class Cors {

  // Without them, a gRPC-Web client sees no status.
  private static final List<String> GRPC_WEB_HEADERS =
      List.of("grpc-status", "grpc-message", "grpc-status-details-bin");

  private Cors() {}

  /**
   * Around all services. Requests of origins that are not allowed are served as if there were no
   * such thing: it is the browser that keeps the reply from the page.
   */
  public static Function<? super HttpService, ? extends HttpService> decorator(
      CorsSettings settings) {
    CorsServiceBuilder cors =
        settings.origins().contains(CorsSettings.ANY)
            ? CorsService.builderForAnyOrigin()
            : CorsService.builder(allowed(settings.origins()));
    cors.allowRequestMethods(settings.methods())
        .exposeHeaders(GRPC_WEB_HEADERS)
        .maxAge(settings.maxAge());
    if (!settings.exposedHeaders().isEmpty()) {
      cors.exposeHeaders(settings.exposedHeaders());
    }
    if (settings.headers().isEmpty()) {
      cors.allowAllRequestHeaders(true);
    } else {
      cors.allowRequestHeaders(settings.headers());
    }
    if (settings.credentials()) {
      cors.allowCredentials();
    }
    return cors.newDecorator();
  }

  private static Predicate<String> allowed(List<String> entries) {
    List<AllowedOrigin> origins = entries.stream().map(AllowedOrigin::of).toList();
    return origin -> origins.stream().anyMatch(allowed -> allowed.test(origin));
  }
}
