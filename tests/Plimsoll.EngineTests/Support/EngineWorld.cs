using Plimsoll.EngineTests.Docker;
using Plimsoll.EngineTests.Support;

[assembly: AssemblyFixture(typeof(EngineWorld))]

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// One engine and one registry for all tests of the assembly, handed to a test class that names it in its constructor.
/// Tests run side by side in it: each takes its own project, container and repository names, and none stops the engine.
/// </summary>
public sealed class EngineWorld : IAsyncLifetime
{
    public EngineWorld() => Images = new TestImages(Engine, Registry);

    public PrivateEngine Engine { get; } = new();

    public LocalRegistry Registry { get; } = new();

    public TestImages Images { get; }

    public async ValueTask InitializeAsync()
    {
        await Engine.InitializeAsync();
        TestEngine.Use(Engine.Endpoint);
        await Registry.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Registry.DisposeAsync();
        }
        finally
        {
            await Engine.DisposeAsync();
        }
    }
}
