// SPDX-License-Identifier: Apache-2.0
/** What is on disk: this repository, the project of a function, and how both are built. */
@NullMarked
package io.holdfast.cli.project;

import org.jspecify.annotations.NullMarked;
