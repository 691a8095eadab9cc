using System.Net;
using Plimsoll.Plumbing.Database;
using Plimsoll.Plumbing.Events;

namespace Plimsoll.Access;

/// <summary>Records failed sign-ins as events, at most sixty a minute: an attacker must not be able to fill the disk.</summary>
internal sealed class FailedSignIns(Store store, EventLog events, TimeProvider time)
{
    private const int MostPerMinute = 60;

    private readonly Lock _lock = new();
    private DateTimeOffset _minute;
    private int _inMinute;

    public async Task RecordAsync(string name, IPAddress? address)
    {
        if (!HasRoom())
        {
            return;
        }

        // Not the request's token: who hangs up in time would guess unseen.
        await store.WriteAsync(
            scope => events.Append(scope, "sign-in-failed", $"A sign-in as '{PrintableName.Of(name)}' from {ClientAddress.Text(address)} failed."),
            CancellationToken.None);
    }

    private bool HasRoom()
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            if (now - _minute >= TimeSpan.FromMinutes(1))
            {
                _minute = now;
                _inMinute = 0;
            }

            return _inMinute++ < MostPerMinute;
        }
    }
}
