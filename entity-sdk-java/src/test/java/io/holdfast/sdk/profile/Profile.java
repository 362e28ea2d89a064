// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.profile;

import io.holdfast.sdk.StoredAs;

@StoredAs("test-profile.v2")
public record Profile(String name, int renamed) {

  public static final Profile EMPTY = new Profile("", 0);

  Profile withName(String newName) {
    return new Profile(newName, renamed + 1);
  }
}
