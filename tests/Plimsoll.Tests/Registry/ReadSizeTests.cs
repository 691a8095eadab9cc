using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class ReadSizeTests
{
    private static readonly Platform amd64 = new("linux", "amd64", null);

    [Theory]
    [InlineData("""[{"size":1000},{"size":"24"}]""", 1024L)]
    [InlineData("[]", 0L)]
    [InlineData("""[{"size":1000},{}]""", null)]
    [InlineData("""[{"size":1000},{"size":-1}]""", null)]
    [InlineData("""[{"size":9223372036854775807},{"size":1}]""", null)]
    [InlineData("""[{"size":1000},"x"]""", null)]
    [InlineData("\"x\"", null)]
    [InlineData("null", null)]
    public async Task The_layers_are_added_up_or_the_size_is_unknown(string layers, long? expected)
    {
        var image = new SampleImage(layers: layers);
        await using var registry = await RegistryDouble.StartAsync(SampleImage.Serve(image.Manifest, image));
        await using var client = Clients.New();
        (await client.ReadSizeAsync(registry.Image(), amd64, null, Clients.Cancel)).ShouldBe(expected);
        (await client.ReadConfigurationAsync(registry.Image(), amd64, null, Clients.Cancel)).LayerBytes.ShouldBe(expected);
    }

    [Fact]
    public async Task From_an_index_only_the_engines_own_platform_counts_and_no_layer_is_fetched()
    {
        var own = new SampleImage(layers: """[{"size":7}]""");
        var other = new SampleImage("""{"os":"linux","architecture":"arm64"}""", layers: """[{"size":7000}]""");
        var index = SampleImage.Index(
            other.Entry("""{"architecture":"arm64","os":"linux","variant":"v8"}"""), own.Entry("""{"architecture":"amd64","os":"linux"}"""));
        await using var registry = await RegistryDouble.StartAsync(SampleImage.Serve(index, own, other));
        await using var client = Clients.New();
        (await client.ReadSizeAsync(registry.Image(), amd64, null, Clients.Cancel)).ShouldBe(7);
        registry.Requests.ShouldAllBe(request => request.Path.Contains("/manifests/"));
    }
}
