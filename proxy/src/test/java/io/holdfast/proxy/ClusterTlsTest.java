// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.proxy.example.AddToCounter;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that encrypt what they say to each other. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClusterTlsTest {

  @TempDir private static Path folder = Path.of("");

  private static Config with(Certificates certificates, String name) {
    return ConfigFactory.parseMap(
            Map.of(
                "holdfast.cluster.shards",
                4,
                "holdfast.cluster.tls",
                Map.of(
                    "enabled",
                    true,
                    "certificate",
                    certificates.certificate(name).toString(),
                    "key",
                    certificates.key(name).toString(),
                    "authority",
                    certificates.authority().toString())))
        .withFallback(SharedPostgres.emptyStore());
  }

  @Test
  void nodes_with_certificates_form_a_cluster_that_nobody_without_one_gets_into() throws Exception {
    var ours = new Certificates(folder, "our-authority");
    ours.issue("holdfast-nodes");
    var theirs = new Certificates(folder, "their-authority");
    theirs.issue("intruder");
    Config shared = with(ours, "holdfast-nodes");
    try (var one = ProxyNode.start(shared, Map.of());
        var two = ProxyNode.start(shared, Map.of("holdfast.cluster.seed-nodes", one.address()))) {
      for (int i = 0; i < 8; i++) {
        assertThat(one.add("counter-" + i, 1)).isEqualTo(1);
        assertThat(two.add("counter-" + i, 1)).isEqualTo(2);
        assertThat(one.counters().add(large("counter-" + i)).getTotal()).isEqualTo(2);
        assertThat(two.counters().add(large("counter-" + i)).getTotal()).isEqualTo(2);
      }
      int port = Integer.parseInt(one.address().substring(one.address().indexOf(':') + 1));

      assertThatThrownBy(() -> hear(ours, ours.keys("holdfast-nodes"), port))
          .as("a node with a certificate is listened to")
          .isInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(() -> hear(ours, null, port))
          .as("nobody without a certificate is")
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(() -> hear(ours, theirs.keys("intruder"), port))
          .as("nor anybody with one of another authority")
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
      assertThatThrownBy(() -> hearPlain(port))
          .as("nor anybody who does not encrypt")
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  /** What goes over another connection than the rest. */
  private static AddToCounter large(String counter) {
    var padding =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFrom(new byte[1 << 20]));
    return AddToCounter.newBuilder()
        .setCounterId(counter)
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(100, padding.build()).build())
        .build();
  }

  private static TrustManager[] trust(Certificates certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", Certificates.read(certificates.authority()));
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /** Speaks TLS, and waits for what the node says; it says nothing to those it listens to. */
  private static void hear(Certificates trusted, KeyManager @Nullable [] keys, int port)
      throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust(trusted), null);
    try (var socket =
        (SSLSocket)
            context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(3_000);
      socket.startHandshake();
      readByte(socket);
    }
  }

  private static void hearPlain(int port) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      // The greeting of a node, and the kind of what follows.
      socket.getOutputStream().write("AKKA\u0001".getBytes(StandardCharsets.ISO_8859_1));
      readByte(socket);
      readByte(socket);
      throw new EOFException("heard words that are not encrypted");
    }
  }

  private static void readByte(Socket socket) throws IOException {
    if (socket.getInputStream().read() < 0) {
      throw new EOFException("the node closed the connection");
    }
  }
}
