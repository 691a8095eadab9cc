using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Cli;

public sealed class RollbackCommandTests
{
    private const string List = "GET /api/deploys";
    private const string Accepted = """{"decision":"deploy","reasonCode":"asked-for","reason":"cli asked for it.","deployId":"k9"}""";

    [Fact]
    public async Task A_named_deployment_is_brought_back()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers("POST /api/deploys/k1/rollback", Accepted);

        var result = await Shell.For(server).RunAsync("rollback", "shop/dev", "k1");

        result.ShouldBe(new(0, "shop/dev back to k1: deployment k9. cli asked for it.\n", ""));
    }

    [Fact]
    public async Task Without_a_name_it_is_the_one_before_the_live_one_with_another_image()
    {
        await using var server = (await ApiDouble.StartAsync())
            .Answers(
                List,
                """
                [{"id":"k4","state":"succeeded","digest":"sha256:b"},{"id":"k3","state":"rolled-back","digest":"sha256:c"},
                 {"id":"k2","state":"succeeded","digest":"sha256:b"},{"id":"k1","state":"succeeded","digest":"sha256:a"}]
                """)
            .Answers("POST /api/deploys/k1/rollback", Accepted);

        (await Shell.For(server).RunAsync("rollback", "shop/dev")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Where_there_is_nothing_to_go_back_to_it_says_so()
    {
        await using var server = (await ApiDouble.StartAsync()).Answers(List, """[{"id":"k4","state":"succeeded","digest":"sha256:b"}]""");

        var result = await Shell.For(server).RunAsync("rollback", "shop/dev");

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("no earlier version");
    }
}
