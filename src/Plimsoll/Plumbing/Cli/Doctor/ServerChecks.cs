using System.Runtime.CompilerServices;
using Plimsoll.Plumbing.Cli.Api;

namespace Plimsoll.Plumbing.Cli.Doctor;

/// <summary>What only a running server can tell: whether it is ready, and whether its registries answer.</summary>
internal sealed class ServerChecks : IDisposable
{
    private const string Server = "server";
    private const string Registries = "registries";

    private readonly ServerAddress _address;
    private readonly ServerHealth? _health;
    private readonly ApiClient? _api;
    private readonly string? _tokenProblem;

    private ServerChecks(ServerAddress address, ServerHealth? health, ApiClient? api, string? tokenProblem)
    {
        _address = address;
        _health = health;
        _api = api;
        _tokenProblem = tokenProblem;
    }

    public bool IsRunning => _health is not null;

    /// <param name="health">What the server said of itself; null: none answered.</param>
    public static ServerChecks Connect(Surroundings surroundings, ServerHealth? health)
    {
        // The server of this machine, whatever PLIMSOLL_URL says: it is this machine that is looked at.
        var address = ServerAddress.Find(null, name => name == ServerAddress.Variable ? null : surroundings.Variable(name));
        try
        {
            var token = health is null ? null : ApiToken.Find(address, surroundings.Variable);
            return token?.Value is null
                ? new ServerChecks(address, health, null, token is null ? null : $"There is no token in {token.Source}.")
                : new ServerChecks(address, health, new ApiClient(address, token, surroundings.Time), null);
        }
        catch (CommandFailedException problem)
        {
            return new ServerChecks(address, health, null, problem.Message);
        }
    }

    /// <returns>The network of the server's settings; null when the server cannot be asked.</returns>
    public async Task<string?> NetworkAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _api is null ? null : (await _api.GetAsync("api/settings", cancellationToken)).To(CliJson.Default.ServerSettings).Network;
        }
        catch (CommandFailedException)
        {
            // The registries, which are asked for in the same way, tell it.
            return null;
        }
    }

    public async IAsyncEnumerable<Finding> LookAsync(ServerProbe probe, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_health is null)
        {
            yield return Finding.Note(Server, $"No Plimsoll answers at {_address}.", "Start it with 'plimsoll serve'.");
            yield return Finding.Note(Registries, "They are tried through the server, which does not run.");
            yield break;
        }

        if (_health.Status != "ok")
        {
            yield return Finding.Problem(Server, $"It answers, but is not well: {_health.Status}");
        }

        var readiness = await probe.ReadReadinessAsync(cancellationToken);
        yield return readiness switch
        {
            { Status: "ok" } => Finding.Ok(Server, $"It runs at {_address} and is ready."),
            { Status: { } status } => Finding.Problem(Server, $"It runs at {_address}, but is not ready: {status}"),
            _ => Finding.Problem(Server, $"It runs at {_address}, but does not say whether it is ready."),
        };
        foreach (var finding in await RegistriesAsync(cancellationToken))
        {
            yield return finding;
        }
    }

    public void Dispose() => _api?.Dispose();

    private async Task<IReadOnlyList<Finding>> RegistriesAsync(CancellationToken cancellationToken)
    {
        if (_api is null)
        {
            return [Finding.Note(Registries, $"They were not tried. {_tokenProblem}", $"Run this as the user who runs the server, or set {ApiToken.Variable}.")];
        }

        try
        {
            var registries = (await _api.GetAsync("api/registries", cancellationToken)).To(CliJson.Default.ListRegistryEntry);
            var findings = new List<Finding>();
            foreach (var registry in registries)
            {
                findings.Add(await TryAsync(_api, registry, cancellationToken));
            }

            return findings.Count > 0 ? findings : [Finding.Ok(Registries, "None is set up; public images need none.")];
        }
        catch (RefusedException refused) when (refused.Code / 10000 == 4)
        {
            return [Finding.Note(Registries, $"They were not tried: {refused.Message}", "It takes an admin's token.")];
        }
        catch (CommandFailedException problem)
        {
            return [Finding.Problem(Registries, problem.Message)];
        }
    }

    private static async Task<Finding> TryAsync(ApiClient api, RegistryEntry registry, CancellationToken cancellationToken)
    {
        var check = $"registry {registry.Name}";
        var test = (await api.PostAsync($"api/registries/{registry.Id}/test", null, cancellationToken)).To(CliJson.Default.RegistryTest);
        return test.Ok ? Finding.Ok(check, $"{registry.Url} answers.") : Finding.Problem(check, $"{registry.Url}: {test.Text}");
    }
}
