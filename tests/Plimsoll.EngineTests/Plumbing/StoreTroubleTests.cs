using System.Net;
using System.Net.Http.Json;
using Dapper;
using Plimsoll.EngineTests.Support;
using Plimsoll.Plumbing.Database;

namespace Plimsoll.EngineTests.Plumbing;

/// <summary>What can happen to the store's disk while Plimsoll runs: it takes no deployment that it cannot record, says why, and the proxy goes on.</summary>
public sealed class StoreTroubleTests(EngineWorld world)
{
    private const int StoreUnavailable = 50300;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_said_clearly_and_everything_goes_on_when_there_is_room_again()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16, Token);
        await using var trouble = await TroubledPlimsoll.StartAsync(world, "full-disk", Path.Combine(disk.Path, "data"), Token);

        disk.Fill();
        await ShouldRefuseAsync(trouble, "the disk is full. Free some space");
        disk.Empty();

        await ShouldGoOnAsync(trouble);
    }

    [Fact]
    public async Task A_log_that_may_not_be_written_is_said_clearly_and_everything_goes_on_when_it_may()
    {
        await using var disk = await BreakableDisk.MountAsync(megabytes: 32, Token);
        await using var trouble = await TroubledPlimsoll.StartAsync(world, "protected", Path.Combine(disk.Path, "data"), Token);

        await BreakableDisk.ProtectAsync(trouble.StorePath + "-wal", on: true, Token);
        await ShouldRefuseAsync(trouble, "the system does not allow it (Operation not permitted)");
        await BreakableDisk.ProtectAsync(trouble.StorePath + "-wal", on: false, Token);

        await ShouldGoOnAsync(trouble);
    }

    [Fact]
    public async Task A_disk_that_the_kernel_made_read_only_is_said_clearly_and_nothing_is_lost_when_it_is_repaired()
    {
        await using var disk = await BreakableDisk.MountAsync(megabytes: 32, Token);
        await using var trouble = await TroubledPlimsoll.StartAsync(world, "read-only", Path.Combine(disk.Path, "data"), Token);

        await disk.FailAsync(Token);
        await ShouldRefuseAsync(trouble, "the file system has become read-only");
        // Files that are open stay read-only for ever on such a disk: it has to be unmounted.
        await trouble.StopLoadAsync();
        await trouble.Plimsoll.StopAsync(Token);
        await disk.RepairAsync(Token);
        await trouble.Plimsoll.StartAsync(Token);

        await ShouldGoOnAsync(trouble);
    }

    [Fact]
    public async Task A_deleted_log_is_noticed_and_saved_and_nothing_is_lost_even_by_a_kill_after_it()
    {
        await using var trouble = await TroubledPlimsoll.StartAsync(world, "deleted-log", dataFolder: null, Token);

        File.Delete(trouble.StorePath + "-wal");
        File.Delete(trouble.StorePath + "-shm");
        await Eventually.IsTrueAsync(
            () => trouble.Plimsoll.Output.Text.Contains("nothing is lost", StringComparison.Ordinal), PlimsollSteps.Patience, () => trouble.Plimsoll.Output.LastLines(20), Token);
        await trouble.StopLoadAsync();
        await trouble.Plimsoll.KillAsync();
        await trouble.Plimsoll.StartAsync(Token);

        await ShouldGoOnAsync(trouble);
    }

    [Fact]
    public async Task A_deleted_log_that_cannot_be_saved_yet_is_said_clearly_and_saved_when_it_can_be()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16, Token);
        await using var trouble = await TroubledPlimsoll.StartAsync(world, "deleted-log-full", Path.Combine(disk.Path, "data"), Token);

        disk.Fill();
        File.Delete(trouble.StorePath + "-wal");
        File.Delete(trouble.StorePath + "-shm");
        await ShouldRefuseAsync(trouble, "its write-ahead log (-wal, -shm) was deleted or replaced while Plimsoll runs, and what was in it cannot be saved yet. Do not stop Plimsoll", mayRead: false);
        disk.Empty();
        await Eventually.IsTrueAsync(
            () => trouble.Plimsoll.Output.Text.Contains("nothing is lost", StringComparison.Ordinal), PlimsollSteps.Patience, () => trouble.Plimsoll.Output.LastLines(20), Token);

        await ShouldGoOnAsync(trouble);
    }

    [Fact]
    public async Task A_deployment_under_way_waits_for_the_disk_and_comes_to_its_end()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 16, Token);
        await using var trouble = await TroubledPlimsoll.StartAsync(world, "full-midway", Path.Combine(disk.Path, "data"), Token, holdAt: "before-switching");
        var id = (string)(await trouble.Plimsoll.PushWithoutWaitingAsync(trouble.Next, Token))["deployId"]!;
        await trouble.Plimsoll.WaitForFaultAsync("before-switching", Token);

        disk.Fill();
        trouble.Plimsoll.ReleaseFault("before-switching");
        await Eventually.IsTrueAsync(
            () => trouble.Plimsoll.Output.Text.Contains("the store cannot be used, so no step is taken", StringComparison.Ordinal), PlimsollSteps.Patience, () => trouble.Plimsoll.Output.LastLines(20), Token);
        (await trouble.Plimsoll.AskEdgeAsync(trouble.Host, Token)).ShouldBe(trouble.First.Body, "no traffic is moved that cannot be recorded");
        disk.Empty();

        ((string)(await trouble.Plimsoll.ReadDeploymentAsync(id, Token, wait: 60))["state"]!).ShouldBe("succeeded");
        await trouble.Plimsoll.ShouldSoonServeAsync(trouble.Host, trouble.Next.Body, Token);
        await trouble.ShouldHaveLostNoRequestAsync();
    }

    private static async Task ShouldRefuseAsync(TroubledPlimsoll trouble, string clearly, bool mayRead = true)
    {
        await ShouldBeRefusedAsync(trouble, await trouble.Plimsoll.Api.PostAsync(trouble.WebhookPath, JsonContent.Create(new { image = trouble.Next.Reference }), Token), clearly);
        await ShouldBeRefusedAsync(
            trouble, await trouble.Plimsoll.Api.PostAsync($"projects/{trouble.Project}/stages/rel/instances", JsonContent.Create(new { tag = trouble.Next.Tag }), Token), clearly);
        (await trouble.Plimsoll.Api.GetAsync("projects", Token)).StatusCode.ShouldBe(mayRead ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
        // The proxy does not notice.
        await trouble.Load.WaitForRequestsAsync(50, PlimsollSteps.Patience, Token);
        (await trouble.Plimsoll.AskEdgeAsync(trouble.Host, Token)).ShouldBe(trouble.First.Body);
        trouble.Load.Report().Failures.ShouldBe(0, trouble.Load.Report().ToString());
        trouble.Plimsoll.IsRunning.ShouldBeTrue(trouble.Plimsoll.Output.LastLines(40));
    }

    private static async Task ShouldBeRefusedAsync(TroubledPlimsoll trouble, HttpResponseMessage answer, string clearly)
    {
        using (answer)
        {
            var envelope = await answer.ReadEnvelopeAsync(Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, envelope.Message + trouble.Plimsoll.Output.LastLines(20));
            envelope.Code.ShouldBe(StoreUnavailable);
            envelope.Message.ShouldContain(clearly, Case.Insensitive, envelope.Message);
            TestContext.Current.TestOutputHelper!.WriteLine($"{answer.RequestMessage!.Method} {(int)answer.StatusCode}: {envelope.Message}");
        }
    }

    private static async Task ShouldGoOnAsync(TroubledPlimsoll trouble)
    {
        (await trouble.Plimsoll.AskEdgeAsync(trouble.Host, Token)).ShouldBe(trouble.First.Body);
        (await trouble.ReadRecordAsync(Token)).ShouldBe(trouble.Record, "what was recorded before the trouble is there, and nothing that was refused");
        ((string)(await trouble.Plimsoll.PushAsync(trouble.Next, Token))["state"]!).ShouldBe("succeeded", trouble.Plimsoll.Output.LastLines(40));
        (await trouble.Plimsoll.AskEdgeAsync(trouble.Host, Token)).ShouldBe(trouble.Next.Body);
        await trouble.ShouldHaveLostNoRequestAsync();
        await trouble.Plimsoll.StopAsync(Token);
        await using var store = new Store(trouble.StorePath);
        store.Read(connection => connection.QuerySingle<string>("PRAGMA integrity_check")).ShouldBe("ok");
    }
}
