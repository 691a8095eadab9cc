using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Cli;

public sealed class PromoteCommandTests
{
    private const string Order = "POST /api/projects/shop/stages/prod/promote";

    [Fact]
    public async Task It_asks_for_the_promotion_and_says_what_became_of_it()
    {
        await using var server = await ApiDouble.StartAsync();
        server.Answers(Order, """{"decision":"deploy","reasonCode":"asked-for","reason":"cli asked for v1 on shop/prod.","deployId":"k3"}""");

        var result = await Shell.For(server).RunAsync("promote", "shop/prod", "--confirm");

        result.ShouldBe(new(0, "shop/prod: deployment k3. cli asked for v1 on shop/prod.\n", ""));
        server.Calls.ShouldHaveSingleItem().Body.ShouldBe("""{"confirm":true}""");
    }
}
