// SPDX-License-Identifier: Apache-2.0
/** User profiles: a value entity, of which only the newest state counts. */
package com.example.profile;
