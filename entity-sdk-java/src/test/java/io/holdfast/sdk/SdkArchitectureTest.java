// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.holdfast.sdk", importOptions = DoNotIncludeTests.class)
class SdkArchitectureTest {

  @ArchTest
  static final ArchRule nothing_knows_akka_or_scala =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("akka..", "scala..");

  @ArchTest
  static final ArchRule only_the_server_knows_netty =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.holdfast.sdk.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "io.grpc.netty..");

  @ArchTest
  static final ArchRule sessions_know_nothing_of_the_server =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.holdfast.sdk.session..",
              "io.holdfast.sdk.definition..",
              "io.holdfast.sdk.stored..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.holdfast.sdk.server..");

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.holdfast.sdk.(*)..").should().beFreeOfCycles();
}
