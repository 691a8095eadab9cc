using Plimsoll.Candidates;
using Plimsoll.Decisions;
using Plimsoll.Registry;
using Plimsoll.Tests.Apps.Support;
using Plimsoll.Tests.Registry;

namespace Plimsoll.Tests.Candidates;

/// <summary>What a registry answers becomes a reason on record that a person can read.</summary>
public sealed class RegistryRefusalsTests
{
    [Theory]
    [InlineData(429, ReasonCode.RegistryCoolingDown, nameof(Verdict.Wait))]
    [InlineData(503, ReasonCode.RegistryUnreachable, nameof(Verdict.Wait))]
    [InlineData(404, ReasonCode.ImageNotFound, nameof(Verdict.Skip))]
    [InlineData(403, ReasonCode.RegistryRefused, nameof(Verdict.Skip))]
    [InlineData(401, ReasonCode.RegistryRefused, nameof(Verdict.Skip))]
    [InlineData(418, ReasonCode.RegistryAnswerUnusable, nameof(Verdict.Skip))]
    public async Task Each_answer_has_its_reason(int status, string code, string verdict)
    {
        await using var apps = await AppsStore.CreateAsync();
        await using var shelf = await TagShelf.StartAsync("v1");
        await using var client = Clients.New();
        shelf.BeforeTag = _ => Task.FromResult(status);
        var desk = apps.Desk(client);
        var reference = ImageReference.Parse($"{shelf.Repository}:v1");
        for (var times = 0; times < 2; times++)
        {
            // The second time it may not even be asked: the reason stays.
            var problem = await Should.ThrowAsync<RegistryException>(() => desk.ResolveAsync(reference, null, Freshness.Poll, TestContext.Current.CancellationToken));
            var refusal = RegistryRefusals.From(problem, reference, CandidateTrigger.Poll, null);
            (refusal.ReasonCode, refusal.Verdict.ToString()).ShouldBe((code, verdict));
            refusal.Reason.ShouldContain(reference.ToString());
        }
    }
}
