package io.sockerless.deployed;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR as it was built, with tests and what they need put in. */
final class Deployments {

  private static final String BEANS =
      """
      <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0" bean-discovery-mode="annotated"/>
      """;

  /** Sockerless is at the root of its server, which Open Liberty wants to be told by the WAR. */
  private static final String AT_THE_ROOT =
      """
      <web-ext xmlns="http://websphere.ibm.com/xml/ns/javaee" version="1.1">
        <context-root uri="/"/>
      </web-ext>
      """;

  private Deployments() {}

  /** The WAR with these classes among its own. */
  static WebArchive war(Class<?>... classes) {
    return ShrinkWrap.create(ZipImporter.class, "sockerless-tests.war")
        .importFrom(Path.of("target", "sockerless.war").toFile())
        .as(WebArchive.class)
        .addClasses(classes)
        .addAsLibraries(jarOf(Assertions.class), jarOf(Awaitility.class), jarOf(Matcher.class))
        .addAsWebInfResource(new StringAsset(AT_THE_ROOT), "ibm-web-ext.xml");
  }

  /** A jar of somebody else's, with beans. */
  static JavaArchive jar(String name, Class<?>... classes) {
    return ShrinkWrap.create(JavaArchive.class, name)
        .addClasses(classes)
        .addAsManifestResource(new StringAsset(BEANS), "beans.xml");
  }

  private static File jarOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
