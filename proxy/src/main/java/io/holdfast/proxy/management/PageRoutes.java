// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.management;

import akka.actor.ExtendedActorSystem;
import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.management.javadsl.ManagementRouteProvider;
import akka.management.javadsl.ManagementRouteProviderSettings;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the {@link ManagementPages}. Public for Akka Management, which makes it by name. */
public final class PageRoutes extends AllDirectives implements ManagementRouteProvider {

  private static final Logger log = LoggerFactory.getLogger(PageRoutes.class);

  private final ManagementPages pages;

  public PageRoutes(ExtendedActorSystem system) {
    pages =
        system
            .settings()
            .setup()
            .get(ManagementPages.class)
            .orElseThrow(() -> new IllegalStateException("an actor system without its pages"));
  }

  @Override
  public Route routes(ManagementRouteProviderSettings settings) {
    return get(
        () ->
            extractUnmatchedPath(
                path -> {
                  Page page = pages.find(path);
                  return page == null
                      ? reject()
                      : completeWithFuture(PageRoutes.answer(path, page));
                }));
  }

  private static CompletionStage<HttpResponse> answer(String path, Page page) {
    return page.show()
        .handle(
            (shown, failure) -> {
              if (failure == null) {
                return response(shown);
              }
              log.warn("the page {} could not be made", path, failure);
              return response(Page.Shown.text(500, "this page could not be made; see the log"));
            });
  }

  private static HttpResponse response(Page.Shown shown) {
    return HttpResponse.create()
        .withStatus(StatusCodes.get(shown.status()))
        .withEntity(
            HttpEntities.create(
                contentType(shown.contentType()), shown.body().getBytes(StandardCharsets.UTF_8)));
  }

  private static ContentType contentType(String value) {
    return ContentTypes.parse(value);
  }
}
