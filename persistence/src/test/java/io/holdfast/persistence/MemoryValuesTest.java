// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

class MemoryValuesTest extends ValuesContract {

  @Override
  Config settings() {
    return ConfigFactory.parseString("holdfast.store = memory");
  }
}
