using Plimsoll.EngineTests.Support;

namespace Plimsoll.BrowserTests.Support;

/// <summary>A Plimsoll that has seen something of life: versions that are live, one that failed, one stage that is paused.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private Fleet(PlimsollProcess plimsoll) => Plimsoll = plimsoll;

    public PlimsollProcess Plimsoll { get; }

    public string Succeeded { get; private set; } = "";

    public string RolledBack { get; private set; } = "";

    public static async Task<Fleet> SailAsync(EngineWorld world, CancellationToken cancellationToken)
    {
        var fleet = new Fleet(await world.StartPlimsollAsync(cancellationToken));
        await fleet.LoadAsync(world, cancellationToken);
        return fleet;
    }

    public ValueTask DisposeAsync() => Plimsoll.DisposeAsync();

    private async Task LoadAsync(EngineWorld world, CancellationToken cancellationToken)
    {
        await Plimsoll.Api.PostDataAsync("registries", new { name = "harbour", url = "http://" + world.Registry.Host }, cancellationToken);
        foreach (var name in new[] { "blog", "docs", "status" })
        {
            var image = await world.Images.PublishAsync(ImageKind.Healthy, "v1", name, "v1.0.0", cancellationToken);
            await Plimsoll.AddProjectAsync(name, image.Repository, cancellationToken);
            await Plimsoll.PushAsync(image, cancellationToken);
        }

        var shop = await world.Images.PublishAsync(ImageKind.Healthy, "v1", "shop", "v2.3.0", cancellationToken);
        await Plimsoll.Api.PostDataAsync(
            "projects",
            new
            {
                name = "shop",
                registry = "harbour",
                image = shop.Repository,
                port = 8080,
                healthcheck = "/health",
                env = new Dictionary<string, string> { ["GREETING"] = "hello", ["DATABASE_URL"] = "postgres://shop" },
                stages = new object[]
                {
                    new { name = "dev", tagPattern = "v*", autoDeploy = true },
                    new { name = "prod", tagPattern = "v*", autoDeploy = false, promoteFrom = "dev", confirm = true, subdomain = "shop" },
                },
            },
            cancellationToken);
        await Plimsoll.PushAsync(shop, cancellationToken);
        var promoted = await Plimsoll.Api.PostDataAsync("projects/shop/stages/prod/instances", new { tag = shop.Tag, confirm = true }, cancellationToken);
        await Plimsoll.ReadDeploymentAsync((string)promoted!["deployId"]!, cancellationToken, wait: 90);
        var newer = await world.Images.PublishAsync(ImageKind.Healthy, "v2", "shop", "v2.4.0", cancellationToken);
        Succeeded = (string)(await Plimsoll.PushAsync(newer, cancellationToken))["deployId"]!;

        var bad = await world.Images.PublishAsync(ImageKind.Unhealthy, "v2", "blog", "v1.1.0", cancellationToken);
        RolledBack = (string)(await Plimsoll.PushAsync(bad, cancellationToken))["deployId"]!;
        await Plimsoll.Api.PostDataAsync("projects/status/stages/rel/maintenance", new { message = "Back at noon." }, cancellationToken);
    }
}
