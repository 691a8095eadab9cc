using Plimsoll.Deployments;
using Plimsoll.Deployments.Readiness;

namespace Plimsoll.Tests.Deployments;

public sealed class HiddenValuesTests
{
    private readonly HiddenValues _hidden = new(new Dictionary<string, string>
    {
        ["DEBUG"] = "true",
        ["PORT"] = "8080",
        ["PASSWORD"] = "s3cret-1",
        ["DATABASE"] = "postgres://app:s3cret-1@db/shop",
        ["EMPTY"] = "",
    });

    [Fact]
    public void Values_are_replaced_by_their_names() =>
        _hidden.In("cannot connect with s3cret-1 or s3cret-1!").ShouldBe("cannot connect with [PASSWORD] or [PASSWORD]!");

    [Fact]
    public void A_value_inside_a_longer_one_leaves_no_piece_of_it() =>
        _hidden.In("dial postgres://app:s3cret-1@db/shop: refused").ShouldBe("dial [DATABASE]: refused");

    [Fact]
    public void Short_values_stay_readable() => _hidden.In("DEBUG is true on 8080").ShouldBe("DEBUG is true on 8080");

    [Fact]
    public void A_key_of_several_lines_is_found_line_by_line() =>
        new HiddenValues(new Dictionary<string, string> { ["KEY"] = "-----BEGIN-----\nMIIEvQIBADAN\n-----END-----\n" })
            .In("read MIIEvQIBADAN from -----BEGIN-----").ShouldBe("read [KEY] from [KEY]");

    [Theory]
    [InlineData("", 10, "")]
    [InlineData(" one\r\n\ttwo\u001b[0m  ", 20, "one two [0m")]
    [InlineData("0123456789", 4, "0123…")]
    [InlineData("01s3cret-1", 4, "01[P…")]
    public void A_quote_is_one_line_that_was_hidden_before_it_was_cut(string text, int longest, string quote) => _hidden.Quote(text, longest).ShouldBe(quote);

    [Fact]
    public void Findings_are_cleaned_too()
    {
        _hidden.In(new ReadinessFinding.NotYet("said: s3cret-1")).ShouldBe(new ReadinessFinding.NotYet("said: [PASSWORD]"));
        _hidden.In(new ReadinessFinding.Broken("unhealthy", "said: s3cret-1")).ShouldBe(new ReadinessFinding.Broken("unhealthy", "said: [PASSWORD]"));
        _hidden.In(new ReadinessFinding.NotYet("no") { Probe = "said: s3cret-1" }).Probe.ShouldBe("said: [PASSWORD]");
        _hidden.In(new ReadinessFinding.Ready()).ShouldBe(new ReadinessFinding.Ready());
    }
}
