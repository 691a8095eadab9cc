using Plimsoll.Registry;

namespace Plimsoll.Tests.Registry;

public sealed class BoundedMemoryTests
{
    [Fact]
    public void The_oldest_is_forgotten_first_and_setting_again_makes_it_new()
    {
        var memory = new BoundedMemory<string, int>(2);
        memory.Set("a", 1);
        memory.Set("b", 2);
        memory.Set("a", 3);
        memory.Set("c", 4);
        memory.Count.ShouldBe(2);
        memory.TryGet("b", out _).ShouldBeFalse();
        memory.TryGet("a", out var a).ShouldBeTrue();
        a.ShouldBe(3);
        memory.Remove("a");
        memory.Remove("never there");
        memory.Count.ShouldBe(1);
    }
}
