using System.Net;
using Plimsoll.Registry.Authentication;
using Plimsoll.Registry.References;
using Plimsoll.Registry.Transport;

namespace Plimsoll.Registry;

/// <summary>Goes through the steps of reaching a registry and says which one failed. Uses nothing that was remembered.</summary>
internal sealed class ConnectionTest(Authenticator authenticator, TimeProvider time)
{
    private const int MostBytes = 64 * 1024;

    public async Task<ConnectionReport> RunAsync(string registryHost, RegistryAccess access, string? repository, CancellationToken cancellationToken)
    {
        if (RegistryHost.Canonical(registryHost) is not { } registry)
        {
            var shown = Excerpt.Of(registryHost);
            return new ConnectionReport(shown, ConnectionStep.Dns, $"\"{shown}\" is not a registry address: write a host and, if needed, a port, without https://.", null);
        }

        var target = new RequestTarget { Endpoint = RegistryEndpoint.Of(registry), Access = access, Subject = registry, IsTest = true };
        try
        {
            using var answer = await authenticator.SendAsync(target, HttpMethod.Get, "v2/", ["application/json"], cancellationToken);
            var report = await JudgeAsync(answer, target);
            return report.Succeeded && repository is not null
                ? await TryReadingAsync(report, target with { Repository = repository, Subject = $"{registry}/{repository}" }, cancellationToken)
                : report;
        }
        catch (RegistryException failure)
        {
            return new ConnectionReport(registry, failure.Step, failure.Message, null);
        }
    }

    private async Task<ConnectionReport> JudgeAsync(RegistryAnswer answer, RequestTarget target)
    {
        var registry = target.Endpoint.Registry;
        var origin = new Uri(answer.Address.GetLeftPart(UriPartial.Authority));
        if (answer.Status == HttpStatusCode.Unauthorized && !target.Access.HasCredential && answer.Pass is not null)
        {
            // It speaks the protocol and hands out tokens; the root of the API is merely closed to the anonymous.
            return new ConnectionReport(registry, null, $"{registry} answers; without a credential only its public images can be read.", origin);
        }

        if (!answer.IsSuccess)
        {
            var refusal = await ServerRefusal.ReadAsync(answer, target, time.GetUtcNow());
            return refusal.Failure == RegistryFailure.NotFound
                ? new ConnectionReport(registry, ConnectionStep.Protocol, $"{registry} answers, but not as a registry: it has no /v2/.", origin)
                : new ConnectionReport(registry, refusal.Step, refusal.Message, origin);
        }

        var isRegistry = answer.Header("Docker-Distribution-Api-Version") is not null || await IsEmptyOrJsonAsync(answer);
        if (!isRegistry || answer.IsFromAnotherHost)
        {
            return new ConnectionReport(registry, ConnectionStep.Protocol, $"{registry} answers, but with something that is not a registry's answer, perhaps a web page.", origin);
        }

        var signedIn = answer.Pass?.UsesCredential == true;
        var sentence = (signedIn, target.Access.HasCredential) switch
        {
            (true, _) => $"{registry} answers and accepts the credential.",
            (false, true) => $"{registry} answers and asks for no credential; the one given was not used.",
            _ => $"{registry} answers.",
        };
        return new ConnectionReport(registry, null, sentence, origin) { SignedIn = signedIn };
    }

    /// <summary>Being let in says nothing about what may be read: the tags of a repository do, and cost no pull.</summary>
    private async Task<ConnectionReport> TryReadingAsync(ConnectionReport report, RequestTarget target, CancellationToken cancellationToken)
    {
        using var answer = await authenticator.SendAsync(target, HttpMethod.Get, $"v2/{target.Repository}/tags/list?n=1", ["application/json"], cancellationToken);
        if (answer.IsSuccess)
        {
            var signedIn = report.SignedIn || answer.Pass?.UsesCredential == true;
            return report with { SignedIn = signedIn, Sentence = $"{report.Sentence} The tags of {target.Repository} can be read." };
        }

        var refusal = await ServerRefusal.ReadAsync(answer, target, time.GetUtcNow());
        return refusal.Failure switch
        {
            RegistryFailure.NotFound => report with { Sentence = $"{report.Sentence} It has no {target.Repository}, or does not show it to {Excerpt.Of(target.Access.ToString())}." },
            RegistryFailure.Denied or RegistryFailure.Unauthorized => report with
            {
                FailedStep = ConnectionStep.Permission,
                Sentence = $"{target.Endpoint.Registry} lets {Excerpt.Of(target.Access.ToString())} in, but not read {target.Repository}.{(refusal.Said is null ? "" : $" It said: {refusal.Said}.")}",
            },
            _ => report with { FailedStep = refusal.Step, Sentence = refusal.Message },
        };
    }

    private static async Task<bool> IsEmptyOrJsonAsync(RegistryAnswer answer)
    {
        var body = await answer.ReadBodyAsync(MostBytes);
        return body.All(b => b is (byte)' ' or (byte)'\r' or (byte)'\n') || JsonReading.ObjectOf(body) is not null;
    }
}
