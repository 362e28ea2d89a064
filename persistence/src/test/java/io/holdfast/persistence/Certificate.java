// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that vouches for itself, in files as servers and their clients read them.
 *
 * @param certificate PEM
 * @param key PEM, readable by nobody else
 * @param binaryKey the same, PKCS-8 as it is
 * @param keyStore certificate and key, PKCS-12 with the {@link #PASSWORD}
 * @param trustStore the certificate alone, likewise
 */
record Certificate(Path certificate, Path key, Path binaryKey, Path keyStore, Path trustStore) {

  /** Of both stores. */
  static final String PASSWORD = "changeit";

  /** Makes one for the name, good for servers on this machine. */
  static Certificate of(String name, Path directory) throws Exception {
    Path store = directory.resolve(name + ".p12");
    keytool(
        List.of(
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + name,
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD));
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    Key key = keys.getKey(name, PASSWORD.toCharArray());
    Path pem = directory.resolve(name + ".pem");
    write(pem, "CERTIFICATE", keys.getCertificate(name).getEncoded());
    Path pemKey = write(directory.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded());
    Path binaryKey = Files.write(directory.resolve(name + ".pk8"), key.getEncoded());
    for (Path secret : List.of(pemKey, binaryKey)) {
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }
    Path trust = directory.resolve(name + "-trust.p12");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(name, keys.getCertificate(name));
    try (OutputStream file = Files.newOutputStream(trust)) {
      trusted.store(file, PASSWORD.toCharArray());
    }
    return new Certificate(pem, pemKey, binaryKey, store, trust);
  }

  private static void keytool(List<String> arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(arguments);
    command.add(0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(said);
    }
  }

  private static Path write(Path file, String what, byte[] content) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
  }
}
