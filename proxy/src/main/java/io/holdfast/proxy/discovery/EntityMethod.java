// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.Descriptors.MethodDescriptor;
import io.holdfast.proxy.command.CommandMethod;

/** A method of an entity's service, with what finds the entity in its payload. */
public record EntityMethod(
    CommandMethod command, MethodDescriptor descriptor, EntityKeyReader key) {}
