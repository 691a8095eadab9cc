namespace Plimsoll.Apps.Credentials;

/// <summary>Where Amazon's registries give out passwords; tests put a server of their own in its place.</summary>
internal sealed record EcrOptions
{
    public Func<string, string, Uri> Endpoint { get; init; } = (region, suffix) => new Uri($"https://api.ecr.{region}.{suffix}/");

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
