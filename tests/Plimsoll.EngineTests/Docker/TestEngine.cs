using Plimsoll.Docker;

namespace Plimsoll.EngineTests.Docker;

/// <summary>The engine these tests use: one of their own, never the user's. Its address is in PLIMSOLL_TEST_ENGINE.</summary>
internal static class TestEngine
{
    public static string Address => Environment.GetEnvironmentVariable("PLIMSOLL_TEST_ENGINE") is { Length: > 0 } address
        ? address
        : throw new InvalidOperationException(
            "PLIMSOLL_TEST_ENGINE is not set. It names the engine that these tests create and remove things in, such as unix:///tmp/test-engine.sock.");

    public static DockerEndpoint Endpoint => DockerEndpoint.Parse(Address);

    public static DockerEngine Connect() => new(Endpoint, TimeProvider.System);
}
