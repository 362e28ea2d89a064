// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class KeysProperties {

  @Property
  void keys_sort_by_name_then_number(
      @ForAll("names") String name,
      @ForAll @LongRange(min = 0) long number,
      @ForAll("names") String otherName,
      @ForAll @LongRange(min = 0) long otherNumber) {
    byte[] key = Bytes.join(Keys.prefix(Keys.EVENTS, name), number);
    byte[] otherKey = Bytes.join(Keys.prefix(Keys.EVENTS, otherName), otherNumber);
    int names = Arrays.compareUnsigned(utf8(name), utf8(otherName));
    int expected = names != 0 ? names : Long.compare(number, otherNumber);

    assertThat(Integer.signum(Arrays.compareUnsigned(key, otherKey)))
        .isEqualTo(Integer.signum(expected));
  }

  @Property
  void a_key_tells_its_name_and_number(
      @ForAll("names") String name, @ForAll @LongRange(min = 0) long number) {
    byte[] key = Bytes.join(Keys.prefix(Keys.EVENTS, name), number);

    assertThat(Keys.name(key)).isEqualTo(name);
    assertThat(Keys.number(key)).isEqualTo(number);
  }

  @Property
  void keys_of_other_names_lie_outside_a_names_keys(
      @ForAll("names") String name,
      @ForAll("names") String otherName,
      @ForAll @LongRange(min = 0) long number) {
    byte[] prefix = Keys.prefix(Keys.EVENTS, name);
    byte[] key = Bytes.join(Keys.prefix(Keys.EVENTS, otherName), number);
    boolean inside =
        Arrays.compareUnsigned(key, prefix) >= 0
            && Arrays.compareUnsigned(key, Keys.after(prefix)) < 0;

    assertThat(inside).isEqualTo(name.equals(otherName));
  }

  /** Few different characters, so that names begin alike, and those whose bytes are special. */
  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of("\0", "\1", "\2", "a", "|", "\\", "\u00ff", "\ud83d\ude00", "\uffff")
        .list()
        .ofMaxSize(5)
        .map(parts -> String.join("", parts));
  }

  private static byte[] utf8(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
