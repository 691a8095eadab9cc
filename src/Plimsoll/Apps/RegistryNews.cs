using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;
using Plimsoll.Registry;

namespace Plimsoll.Apps;

/// <summary>
/// Writes down what the registries' client tells: cool-downs, which outlive a restart, and credentials that no longer work. The client only
/// leaves a note here; the store is written behind its back.
/// </summary>
internal sealed partial class RegistryNews(Store store, RegistryCoolDownStore coolDowns, EventLog events, TimeProvider time, ILogger<RegistryNews> log) : BackgroundService
{
    public const string CoolDownBegan = "registry-cool-down-began";
    public const string CoolDownEnded = "registry-cool-down-ended";
    public const string CredentialRefused = "registry-credential-refused";

    private const int MostNotes = 1_000;
    private const int MostRefusals = 1_000;
    private static readonly TimeSpan RefusalIsNews = TimeSpan.FromHours(24);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    private readonly Channel<object> _notes = Channel.CreateBounded<object>(new BoundedChannelOptions(MostNotes) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly ConcurrentDictionary<(string, string?), DateTimeOffset> _refusals = new();
    private readonly Dictionary<string, DateTimeOffset> _ends = new(StringComparer.Ordinal);

    public void Note(RegistryCoolDown coolDown) => _notes.Writer.TryWrite(coolDown);

    /// <summary>Told with each request that went without the credential; it is news once a day.</summary>
    public void Note(CredentialRefusal refusal)
    {
        var now = time.GetUtcNow();
        var key = (refusal.Registry, refusal.Username);
        if (_refusals.TryGetValue(key, out var told) && told + RefusalIsNews > now)
        {
            return;
        }

        if (_refusals.Count >= MostRefusals)
        {
            _refusals.Clear();
        }

        _refusals[key] = now;
        _notes.Writer.TryWrite(refusal);
    }

    /// <summary>Cool-downs of an earlier run go on.</summary>
    public void Restore(RegistryClient client)
    {
        foreach (var coolDown in coolDowns.List())
        {
            client.CoolDown(coolDown.Registry, coolDown.Until!.Value, coolDown.Reason);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var coolDown in coolDowns.List())
        {
            _ends[coolDown.Registry] = coolDown.Until!.Value;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(stoppingToken);
                while (_notes.Reader.TryPeek(out var note))
                {
                    await WriteAsync(note, stoppingToken);
                    // Only now: what could not be written is tried again.
                    _notes.Reader.TryRead(out _);
                }

                foreach (var host in _ends.Where(end => end.Value <= time.GetUtcNow()).Select(end => end.Key).ToList())
                {
                    await EndAsync(host, $"{host} may be asked again.", stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                LogTrouble(log, problem);
                await Task.Delay(AfterTrouble, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        var note = _notes.Reader.WaitToReadAsync(stoppingToken).AsTask();
        if (_ends.Count == 0)
        {
            await note;
            return;
        }

        var left = _ends.Values.Min() - time.GetUtcNow();
        if (left > TimeSpan.Zero)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAny(note, Task.Delay(left, time, either.Token));
            await either.CancelAsync();
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    private Task WriteAsync(object note, CancellationToken cancellationToken) => note switch
    {
        RegistryCoolDown { Until: { } until } begun => BeginAsync(begun, until, cancellationToken),
        RegistryCoolDown ended => EndAsync(ended.Registry, $"{ended.Registry} may be asked again: {ended.Reason}", cancellationToken),
        CredentialRefusal refusal => store.WriteAsync(
            scope => events.Append(scope, CredentialRefused, $"{refusal.Registry} no longer accepts {(refusal.Username is null ? "the credential" : $"the credential of {refusal.Username}")}; public images are read without it. {refusal.Sentence}"),
            cancellationToken),
        _ => Task.CompletedTask,
    };

    private async Task BeginAsync(RegistryCoolDown coolDown, DateTimeOffset until, CancellationToken cancellationToken)
    {
        await store.WriteAsync(
            scope =>
            {
                if (coolDowns.Put(scope, coolDown))
                {
                    var at = until.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
                    events.Append(scope, CoolDownBegan, $"{coolDown.Registry} wants to be left alone and is not asked until {at} UTC: {coolDown.Reason}");
                }
            },
            cancellationToken);
        _ends[coolDown.Registry] = until;
    }

    private async Task EndAsync(string host, string text, CancellationToken cancellationToken)
    {
        await store.WriteAsync(
            scope =>
            {
                coolDowns.Remove(scope, host);
                events.Append(scope, CoolDownEnded, text);
            },
            cancellationToken);
        _ends.Remove(host);
    }

    [LoggerMessage(241, LogLevel.Error, "What registries said cannot be written down just now; trying again in a few seconds.")]
    private static partial void LogTrouble(ILogger log, Exception problem);
}
