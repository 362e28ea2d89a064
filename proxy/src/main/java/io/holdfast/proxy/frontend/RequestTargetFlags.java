// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.linecorp.armeria.common.FlagsProvider;

/**
 * Has the HTTP server pass on what belongs to the application: a semicolon in a path is part of a
 * key, and two dots in a query are part of a value. Found by Armeria's service loader.
 */
public final class RequestTargetFlags implements FlagsProvider {

  /** Public for the service loader. */
  public RequestTargetFlags() {}

  @Override
  public int priority() {
    return Integer.MAX_VALUE;
  }

  @Override
  public Boolean allowSemicolonInPathComponent() {
    return true;
  }

  @Override
  public Boolean allowDoubleDotsInQueryString() {
    return true;
  }
}
