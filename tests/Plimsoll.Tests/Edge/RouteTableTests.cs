using FsCheck;
using FsCheck.Fluent;
using Plimsoll.Edge;

namespace Plimsoll.Tests.Edge;

public sealed class RouteTableTests
{
    private static readonly Route _shop = new("shop.example.com", "shop-1", new Uri("http://10.0.0.2:8080"), "shop", "prod", 1);

    [Theory]
    [InlineData("shop.example.com")]
    [InlineData("SHOP.Example.COM")]
    [InlineData("shop.example.com:8000")]
    [InlineData("shop.example.com.")]
    [InlineData("shop.example.com.:8000")]
    public void A_host_is_found_in_any_case_with_or_without_port_and_trailing_dot(string header) =>
        RouteTable.Build([_shop]).Find(header).ShouldBe(_shop);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(":")]
    [InlineData(":80")]
    [InlineData("[")]
    [InlineData("[]")]
    [InlineData("[]:80")]
    [InlineData("[shop.example.com")]
    [InlineData("shop.example.com..")]
    [InlineData("xshop.example.com")]
    [InlineData("shop.example.com.evil.org")]
    [InlineData("shop.example.com:80:80")]
    [InlineData("evil.org:80@shop.example.com")]
    [InlineData("shop.example.com/")]
    [InlineData(" shop.example.com")]
    [InlineData("shop.example.com\0")]
    public void Anything_else_is_not_found_and_does_not_throw(string header) =>
        RouteTable.Build([_shop]).Find(header).ShouldBeNull();

    [Theory]
    [InlineData("[fd00::1]")]
    [InlineData("[fd00::1]:8000")]
    [InlineData("[FD00::1]:")]
    [InlineData("fd00::1")]
    public void An_IPv6_literal_is_found_with_and_without_port(string header)
    {
        var route = _shop with { Host = "[fd00::1]" };
        RouteTable.Build([route]).Find(header).ShouldBe(route);
    }

    [Theory]
    [InlineData("[fd00::1]x")]
    [InlineData("[fd00::1]:80x")]
    [InlineData("[fd00::1")]
    public void A_broken_IPv6_literal_is_not_found(string header) =>
        RouteTable.Build([_shop with { Host = "fd00::1" }]).Find(header).ShouldBeNull();

    [Fact]
    public void A_route_without_a_usable_host_is_refused_by_name() =>
        Should.Throw<ArgumentException>(() => RouteTable.Build([_shop with { Host = "." }])).Message.ShouldContain("shop-1");

    [Fact]
    public void A_name_does_not_wander_to_another_application_because_its_owner_is_down()
    {
        var down = _shop with { Address = null };
        var other = _shop with { Project = "zoo", InstanceId = "zoo-1" };
        var table = RouteTable.Build([other, down]);
        table.Find("shop.example.com").ShouldBe(down);
        table.Conflicts.ShouldBe([new RouteConflict(down, other)]);
    }

    [Fact]
    public void Within_one_stage_the_verified_instance_wins() =>
        RouteTable.Build([_shop with { InstanceId = "a", Address = null }, _shop]).Find(_shop.Host).ShouldBe(_shop);

    [Fact]
    public void The_same_route_twice_is_no_conflict() => RouteTable.Build([_shop, _shop with { }]).Conflicts.ShouldBeEmpty();

    [Fact]
    public void The_order_of_the_routes_does_not_matter()
    {
        var route = ArbMap.Default.GeneratorFor<int>().Select(Math.Abs).Four().Select(numbers => new Route(
            $"{(numbers.Item1 % 2 == 0 ? "h" : "H")}{numbers.Item1 % 5}.example.com{(numbers.Item1 % 3 == 0 ? "." : "")}",
            $"i{numbers.Item2 % 3}",
            numbers.Item3 % 3 == 0 ? null : new Uri($"http://10.0.0.{numbers.Item3 % 4}:80"),
            $"p{numbers.Item4 % 3}",
            numbers.Item4 % 2 == 0 ? "dev" : "prod",
            numbers.Item4 % 2));
        var shuffled = route.ListOf().SelectMany(routes => Gen.Shuffle<Route>(routes).Select(other => (Routes: routes, Shuffled: other)));

        Prop.ForAll(shuffled.ToArbitrary(), pair =>
        {
            var one = RouteTable.Build(pair.Routes);
            var other = RouteTable.Build(pair.Shuffled);
            return one.Routes.SequenceEqual(other.Routes) && one.Conflicts.SequenceEqual(other.Conflicts);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Finding_never_throws_whatever_the_header()
    {
        var table = RouteTable.Build([_shop]);
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), header => table.Find(header ?? "") is null or { Host: "shop.example.com" }).QuickCheckThrowOnFailure();
    }
}
