namespace Plimsoll.EngineTests.Support;

/// <summary>
/// The sample applications; each has its folder, in kebab case, in tests/images. All listen on 8080 unless said otherwise.
/// Inside, "wget -T" crashes: a fault of Debian's static busybox.
/// </summary>
public enum ImageKind
{
    /// <summary>
    /// Answers "healthy {version}" on / and 200 on /health, has a HEALTHCHECK, leaves at once on SIGTERM.
    /// /cgi-bin/env shows its environment, /cgi-bin/upload answers with the number of bytes it was sent, and names its version in X-Version.
    /// </summary>
    Healthy,

    /// <summary>One binary, no shell, no HEALTHCHECK. Answers "no-shell {version}".</summary>
    NoShell,

    /// <summary>Answers "unhealthy {version}" and 200, but its HEALTHCHECK always fails.</summary>
    Unhealthy,

    /// <summary>Writes one line to standard error and ends with exit code 3.</summary>
    ExitsAtOnce,

    /// <summary>Says "warming the caches" and answers at once; /health and the HEALTHCHECK are good only after HEALTHY_AFTER seconds (4).</summary>
    HealthyLate,

    /// <summary>/slow takes SLOW_SECONDS (2), everything else is quick. Dies at once on SIGTERM, with the requests it has.</summary>
    SlowToAnswer,

    /// <summary>On SIGTERM it goes on answering for STOP_SECONDS (4) before it ends.</summary>
    SlowToStop,

    /// <summary>Runs, exposes 8080, never listens, has no HEALTHCHECK.</summary>
    NeverListens,

    /// <summary>
    /// /cgi-bin/turn answers with the statuses of ANSWERS (200) one after the other, the last one for ever; one of 3xx points to /elsewhere.
    /// /cgi-bin/asked says how often it was asked. No HEALTHCHECK.
    /// </summary>
    TakesTurns,

    /// <summary>Its STOPSIGNAL is SIGUSR1, on which it ends with exit code 42; it does not hear SIGTERM.</summary>
    OwnStopSignal,

    /// <summary>Writes one line, then takes all the memory there is: only ever to be run with a limit.</summary>
    EatsMemory,

    /// <summary>
    /// bench/SampleApp on .NET, no HEALTHCHECK: slow answers, uploads, events and WebSockets. Answers "{version}" on / and /health. The image is
    /// large, so it is for tests that need one of these.
    /// </summary>
    MixedTraffic,
}
