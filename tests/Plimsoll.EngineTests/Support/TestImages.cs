using System.Collections.Concurrent;

namespace Plimsoll.EngineTests.Support;

/// <summary>
/// Builds the sample applications, those of tests/images from busybox alone, and pushes them, each (kind, version) once.
/// Two versions of a kind differ in what they answer and in their digest.
/// </summary>
public sealed class TestImages(PrivateEngine engine, LocalRegistry registry)
{
    private const string BusyBox = "/usr/bin/busybox";
    private static readonly string[] Applets = ["sh", "httpd", "nc", "wget", "sleep", "nslookup", "cat", "env", "wc", "mkdir", "kill", "printf", "rm"];
    private readonly ConcurrentDictionary<(ImageKind, string), Lazy<Task<TestImage>>> known = new();

    /// <summary>The image as it is in the registry, under plimsoll-tests/{kind}:{version}.</summary>
    /// <param name="version">Also the tag, so within a tag's grammar: "v1", "1.4.2".</param>
    public Task<TestImage> GetAsync(ImageKind kind, string version, CancellationToken cancellationToken) =>
        // The one build is everybody's: the first caller's cancellation must not end it for the others.
        known.GetOrAdd((kind, version), _ => new Lazy<Task<TestImage>>(() => MakeAsync(kind, version))).Value.WaitAsync(cancellationToken);

    /// <summary>Also puts it under a repository and tag of the test's own, where a tag may move: ("team/shop", "latest").</summary>
    public async Task<TestImage> PublishAsync(ImageKind kind, string version, string repository, string tag, CancellationToken cancellationToken)
    {
        var image = await GetAsync(kind, version, cancellationToken);
        var digest = await registry.PushAsync(engine, image.LocalTag, repository, tag, cancellationToken);
        return image with { Repository = $"{registry.Host}/{repository}", Tag = tag, Digest = digest };
    }

    private async Task<TestImage> MakeAsync(ImageKind kind, string version)
    {
        var name = TestImage.KindName(kind);
        var localTag = $"plimsoll-tests-{name}:{version}";
        await using var context = ScratchFolder.Create();
        if (kind == ImageKind.MixedTraffic)
        {
            await FillWithSampleAppAsync(context);
        }
        else
        {
            Fill(context, name, version);
        }

        await engine.RunDockerAsync(
            ["build", "--network", "none", "--build-arg", $"VERSION={version}", "--tag", localTag, context.PathOf("context")],
            CancellationToken.None);
        var repository = $"plimsoll-tests/{name}";
        var digest = await registry.PushAsync(engine, localTag, repository, version, CancellationToken.None);
        return new TestImage(kind, version, localTag, $"{registry.Host}/{repository}", version, digest);
    }

    // The same way as bench/gapless does it.
    private static Task FillWithSampleAppAsync(ScratchFolder folder) => Command.RunAsync(
        "bash",
        [
            "-euo", "pipefail", "-c", "root=$1; source \"$root/scripts/lib/sample_app.sh\"; fill_sample_context \"$2\" \"$3\"", "bash",
            RepositoryFiles.Root,
            RepositoryFiles.PathOf("bench", "SampleApp", "bin", RepositoryFiles.Configuration, "net10.0"),
            folder.Subfolder("context"),
        ],
        CancellationToken.None);

    private static void Fill(ScratchFolder folder, string name, string version)
    {
        var context = folder.Subfolder("context");
        var applets = Directory.CreateDirectory(Path.Combine(context, "bin")).FullName;
        File.Copy(BusyBox, Path.Combine(applets, "busybox"));
        foreach (var applet in Applets)
        {
            File.CreateSymbolicLink(Path.Combine(applets, applet), "busybox");
        }

        Copy(RepositoryFiles.PathOf("tests", "images", "common"), context);
        Copy(RepositoryFiles.PathOf("tests", "images", name), context);
        var pages = Directory.CreateDirectory(Path.Combine(context, "www")).FullName;
        File.WriteAllText(Path.Combine(pages, "index.html"), $"{name} {version}\n");
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
