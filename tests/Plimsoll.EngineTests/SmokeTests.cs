namespace Plimsoll.EngineTests;

public sealed class SmokeTests
{
    [Fact]
    public void Runs() => true.ShouldBeTrue();
}
