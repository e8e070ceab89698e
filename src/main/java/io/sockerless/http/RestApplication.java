package io.sockerless.http;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the resources at the root, where Docker's clients look. */
@ApplicationPath("/")
public class RestApplication extends Application {}
