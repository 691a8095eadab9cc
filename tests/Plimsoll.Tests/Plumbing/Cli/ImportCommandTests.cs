using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Cli;

public sealed class ImportCommandTests
{
    private const string Import = "POST /api/config/import";

    [Fact]
    public async Task Sends_the_file_as_it_is_and_prints_what_is_new()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("seed.yaml", "projects: {}\n# ünï\n");
        await using var server = (await ApiDouble.StartAsync()).Answers(Import, """{"registries":1,"projects":2,"stages":0}""");

        var result = await Shell.For(server).RunAsync("import", file);

        result.ShouldBe(new(0, $"{file}: new are 1 registry, 2 projects and 0 stages.\n", ""));
        var call = server.Calls.ShouldHaveSingleItem();
        call.ContentType.ShouldBe("application/yaml");
        call.Body.ShouldBe("projects: {}\n# ünï\n");
    }

    [Fact]
    public async Task Every_mistake_has_its_line_in_the_order_of_the_file()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("seed.yaml", "x");
        await using var server = (await ApiDouble.StartAsync()).Refuses(
            Import, 40000, "3 fields need another value.", """{"12:5 projects.shop.port":"Not a port.","2:3 global.domian":"No such key.","2:1":"Odd."}""");

        var result = await Shell.For(server).RunAsync("import", file);

        result.ExitCode.ShouldBe(2);
        result.ErrorLines.ShouldBe(
        [
            "plimsoll: Nothing was imported: there are 3 mistakes in the file.",
            $"  {file}:2:1: Odd.",
            $"  {file}:2:3: global.domian: No such key.",
            $"  {file}:12:5: projects.shop.port: Not a port.",
        ]);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_before_anything_is_sent()
    {
        await using var server = await ApiDouble.StartAsync();

        var result = await Shell.For(server).RunAsync("import", "/nowhere/seed.yaml");

        result.ShouldBe(new(1, "", "plimsoll: /nowhere/seed.yaml is not there.\n"));
        server.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_folder_is_not_a_file()
    {
        using var folder = new TemporaryFolder();

        var result = await new Shell().RunAsync("import", folder.Path);

        result.ExitCode.ShouldBe(1);
        result.Error.ShouldContain("cannot be read");
    }
}
