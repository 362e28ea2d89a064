// SPDX-License-Identifier: Apache-2.0
/** Who is in which room: a replicated entity, of which every node has a copy. */
package com.example.presence;
