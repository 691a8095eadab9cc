using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.SelfTests;

/// <summary>A healthy application built by an engine that a test has for itself.</summary>
internal static class PublishedImage
{
    public static Task<TestImage> ForAsync(PrivateEngine engine, LocalRegistry registry, CancellationToken cancellationToken) =>
        new TestImages(engine, registry).GetAsync(ImageKind.Healthy, $"own-{Path.GetFileName(engine.Folder)}", cancellationToken);
}
