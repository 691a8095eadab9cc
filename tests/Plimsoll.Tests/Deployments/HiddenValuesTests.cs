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
    public void Findings_are_cleaned_too()
    {
        _hidden.In(new ReadinessFinding.NotYet("said: s3cret-1")).ShouldBe(new ReadinessFinding.NotYet("said: [PASSWORD]"));
        _hidden.In(new ReadinessFinding.Broken("unhealthy", "said: s3cret-1")).ShouldBe(new ReadinessFinding.Broken("unhealthy", "said: [PASSWORD]"));
        _hidden.In(new ReadinessFinding.Ready()).ShouldBe(new ReadinessFinding.Ready());
    }
}
