using Plimsoll.Plumbing.Cli;
using Plimsoll.Plumbing.Config;
using Plimsoll.Plumbing.Database;
using Plimsoll.Tests.Plumbing.Cli.Support;

namespace Plimsoll.Tests.Plumbing.Cli;

public sealed class ServeCommandTests
{
    [Theory]
    [InlineData]
    [InlineData("serve")]
    public async Task Serves_with_the_settings_of_the_environment(params string[] args)
    {
        ServeOptions? served = null;
        var shell = new Shell
        {
            Variables = { ["PLIMSOLL_DATA"] = "/somewhere", ["PLIMSOLL_LISTEN"] = "http://127.0.0.1:1234" },
            Serve = (options, _) =>
            {
                served = options;
                return Task.CompletedTask;
            },
        };

        var result = await shell.RunAsync(args);

        result.ShouldBe(new(0, "", ""));
        served.ShouldNotBeNull().DataFolder.ShouldBe("/somewhere");
        served.Listen.ShouldBe(new Uri("http://127.0.0.1:1234"));
    }

    [Fact]
    public async Task All_wrong_settings_are_told_at_once_and_nothing_is_served()
    {
        var shell = new Shell { Variables = { ["PLIMSOLL_LISTEN"] = "8080", ["PLIMSOLL_PROXY_LISTEN"] = "https://x" } };

        var result = await shell.RunAsync("serve");

        result.ExitCode.ShouldBe(1);
        result.Output.ShouldBeEmpty();
        result.ErrorLines[0].ShouldStartWith("plimsoll: ");
        result.Error.ShouldContain("PLIMSOLL_LISTEN: '8080'");
        result.Error.ShouldContain("PLIMSOLL_PROXY_LISTEN: 'https://x'");
    }

    [Fact]
    public async Task What_Plimsoll_refuses_to_start_with_is_told_in_its_own_words()
    {
        var shell = new Shell { Serve = (_, _) => throw new NewerStoreException("/data/plimsoll.db", 9, 4) };

        var result = await shell.RunAsync();

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldBe("plimsoll: " + new NewerStoreException("/data/plimsoll.db", 9, 4).Message);
    }

    [Fact]
    public async Task Any_other_exception_is_one_line_that_says_how_to_learn_more()
    {
        var shell = new Shell { Serve = (_, _) => throw new AggregateException(new NotSupportedException("No such thing.")) };

        var result = await shell.RunAsync();

        result.ExitCode.ShouldBe(1);
        result.ErrorLines.ShouldHaveSingleItem().ShouldBe("plimsoll: No such thing. (NotSupportedException; PLIMSOLL_DEBUG=1 shows where it comes from)");
    }

    [Fact]
    public async Task The_stack_trace_is_shown_to_those_who_ask_for_it()
    {
        var shell = new Shell { Variables = { [Failure.DebugVariable] = "1" }, Serve = (_, _) => throw new NotSupportedException("No such thing.") };

        var result = await shell.RunAsync();

        result.ErrorLines[0].ShouldBe("plimsoll: No such thing. (NotSupportedException)");
        result.Error.ShouldContain("   at ");
    }
}
