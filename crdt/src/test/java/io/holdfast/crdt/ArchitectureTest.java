// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.holdfast.crdt", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule what_is_replicated_knows_neither_the_wire_nor_its_bytes =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("causal")
          .definedBy("io.holdfast.crdt.causal")
          .layer("store")
          .definedBy("io.holdfast.crdt.store")
          .layer("state")
          .definedBy("io.holdfast.crdt")
          .layer("wire")
          .definedBy("io.holdfast.crdt.wire")
          .layer("serialization")
          .definedBy("io.holdfast.crdt.serialization")
          .whereLayer("causal")
          .mayNotAccessAnyLayer()
          .whereLayer("store")
          .mayOnlyAccessLayers("causal")
          .whereLayer("state")
          .mayOnlyAccessLayers("causal", "store")
          .whereLayer("wire")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("serialization")
          .mayNotBeAccessedByAnyLayer();
}
