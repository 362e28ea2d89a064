// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;

/** An authority, and certificates that come from it, in the files that operators use. */
final class Certificates {

  private static final char[] PASSWORD = "not secret".toCharArray();

  private final Path folder;
  private final String authority;

  /** Makes an authority of that name. */
  Certificates(Path folder, String authority) {
    this.folder = folder;
    this.authority = authority;
    generate(authority, "-ext", "bc:c");
    keytool(authority, "-exportcert", "-rfc", "-alias", authority, "-file", pem(authority));
  }

  /** Makes a certificate for nodes of that name, in {@code name.pem} and {@code name.key}. */
  void issue(String name) {
    generate(name);
    Path request = folder.resolve(name + ".request");
    keytool(name, "-certreq", "-alias", name, "-file", request.toString());
    keytool(
        authority,
        "-gencert",
        "-rfc",
        "-alias",
        authority,
        "-ext",
        "san=dns:" + name,
        "-infile",
        request.toString(),
        "-outfile",
        pem(name));
    writeKey(name);
  }

  Path authority() {
    return Path.of(pem(authority));
  }

  Path certificate(String name) {
    return Path.of(pem(name));
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }

  private String pem(String name) {
    return folder.resolve(name + ".pem").toString();
  }

  /** The certificate of that name and its key, as Java's own TLS takes them. */
  KeyManager[] keys(String name) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    Certificate[] chain = {read(certificate(name))};
    store.setKeyEntry(name, privateKey(name), PASSWORD, chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD);
    return factory.getKeyManagers();
  }

  /** The certificate in a file. */
  static Certificate read(Path pem) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private Key privateKey(String name) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD);
      return store.getKey(name, PASSWORD);
    }
  }

  private void writeKey(String name) {
    try {
      byte[] key = privateKey(name).getEncoded();
      String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
      Files.writeString(
          key(name),
          "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n",
          StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private void generate(String name, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-keyalg",
                "RSA",
                "-keysize",
                "2048"));
    arguments.addAll(List.of(more));
    keytool(name, arguments.toArray(new String[0]));
  }

  private void keytool(String store, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of(
            "-keystore",
            folder.resolve(store + ".p12").toString(),
            "-storepass",
            new String(PASSWORD)));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
