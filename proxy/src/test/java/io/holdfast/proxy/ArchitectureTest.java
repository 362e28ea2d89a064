// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.holdfast.proxy", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("io.holdfast.proxy.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule the_words_for_commands_depend_on_no_other_part =
      noClasses()
          .that()
          .resideInAPackage("..proxy.command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "akka..",
              "com.linecorp..",
              "io.netty..",
              "..proxy.discovery..",
              "..proxy.entity..",
              "..proxy.frontend..");

  @ArchTest
  static final ArchRule the_frontend_knows_neither_akka_nor_entities =
      noClasses()
          .that()
          .resideInAPackage("..proxy.frontend..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("akka..", "..proxy.entity..", "..proxy.cluster..");

  @ArchTest
  static final ArchRule discovery_and_the_connection_know_neither_akka_nor_entities =
      noClasses()
          .that()
          .resideInAnyPackage("..proxy.discovery..", "..proxy.function..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("akka..", "..proxy.entity..", "..proxy.cluster..", "..frontend..");

  @ArchTest
  static final ArchRule what_kinds_of_entity_share_knows_no_kind =
      noClasses()
          .that()
          .resideInAPackage("io.holdfast.proxy.entity")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..proxy.entity.actor..",
              "..proxy.entity.crdt..",
              "..proxy.entity.eventsourced..",
              "..proxy.entity.value..");

  @ArchTest
  static final ArchRule only_the_frontend_knows_armeria =
      noClasses()
          .that()
          .resideOutsideOfPackage("..proxy.frontend..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.linecorp..");
}
