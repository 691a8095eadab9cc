using Plimsoll.Plumbing;
using Plimsoll.Tests.Plumbing.Cli.Support;
using Plimsoll.Tests.Support;

namespace Plimsoll.Tests.Plumbing;

public sealed class FaultPointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("kill@somewhere-else;hold@elsewhere")]
    public void A_point_that_nobody_named_does_nothing(string? faults)
    {
        var reached = new FaultPoint(faults, _folder.Path, new ManualTimeProvider()).ReachAsync("before-switching", Token);

        reached.IsCompletedSuccessfully.ShouldBeTrue();
        _folder.Snapshot().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_point_to_hold_at_holds_once_until_its_file_is_deleted()
    {
        var point = new FaultPoint("hold@before-switching", _folder.Path, TimeProvider.System);
        var held = point.ReachAsync("before-switching", Token);
        var marker = Path.Combine(_folder.Path, "before-switching.reached");
        while (!File.Exists(marker))
        {
            await Task.Yield();
        }

        held.IsCompleted.ShouldBeFalse();
        File.Delete(marker);
        await held;
        await point.ReachAsync("before-switching", Token);
    }
}
