using Plimsoll.Docker;

namespace Plimsoll.EngineTests.Docker;

/// <summary>The engine of the test world, for helpers that no fixture reaches.</summary>
internal static class TestEngine
{
    private static string? _address;

    public static string Address => _address ?? throw new InvalidOperationException("The test world has not started its engine yet.");

    public static DockerEndpoint Endpoint => DockerEndpoint.Parse(Address);

    public static DockerEngine Connect() => new(Endpoint, TimeProvider.System);

    /// <summary>Said once, by the world, before the first test.</summary>
    public static void Use(string address) => _address = address;
}
