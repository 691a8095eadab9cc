using System.Net;
using System.Net.Sockets;
using Plimsoll.Edge;

namespace Plimsoll.Tests.Edge;

/// <summary>A real listener stands for the container, and the answers of the engine are written down before.</summary>
public sealed class ProvenConnectionsTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ProvenConnectionsTests() => _listener.Start();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task A_container_that_runs_before_and_after_is_who_answers()
    {
        await using var stream = await OpenAsync(Occupant.Of("first run"), Occupant.Of("first run"));
        stream.CanWrite.ShouldBeTrue();
    }

    [Theory]
    [InlineData("first run")]
    [InlineData(null)]
    public async Task An_address_that_the_container_has_lost_is_not_used(string? before)
    {
        var problem = await Should.ThrowAsync<HttpRequestException>(() => OpenAsync(before is null ? Occupant.None : Occupant.Of(before), Occupant.None));
        problem.HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
    }

    [Fact]
    public async Task A_container_that_was_started_anew_in_between_is_connected_to_once_more()
    {
        var asked = 0;
        await using var stream = await OpenAsync(() => ++asked == 1 ? Occupant.Of("first run") : Occupant.Of("second run"));
        asked.ShouldBe(3, "before, after, and after the second connection");
        (await _listener.AcceptTcpClientAsync(Token)).Dispose();
        using var second = await _listener.AcceptTcpClientAsync(Token);
        second.Connected.ShouldBeTrue();
    }

    [Fact]
    public async Task An_engine_that_is_away_gives_no_address_to_anybody_so_visitors_go_on()
    {
        await using (await OpenAsync(Occupant.Unknown, Occupant.Unknown))
        {
        }

        await using var stream = await OpenAsync(Occupant.Of("first run"), Occupant.Unknown);
        stream.CanRead.ShouldBeTrue();
    }

    [Fact]
    public async Task However_many_connections_are_opened_at_once_one_question_at_a_time_is_asked_and_each_gets_a_later_one()
    {
        var (asked, atOnce, most) = (0, 0, 0);
        var connections = new ProvenConnections(Key, Question(async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            asked++;
            await Task.Yield();
            Interlocked.Decrement(ref atOnce);
            return Occupant.Of("run");
        }));

        await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ => await (await connections.OpenAsync(_listener.LocalEndpoint, Token)).DisposeAsync()));

        most.ShouldBe(1);
        asked.ShouldBeInRange(2, 101);
    }

    private DestinationKey Key => new("instance", new Uri($"http://{_listener.LocalEndpoint}"));

    private Task<Stream> OpenAsync(params Occupant[] answers)
    {
        var next = new Queue<Occupant>(answers);
        return OpenAsync(() => next.Count > 1 ? next.Dequeue() : next.Peek());
    }

    private Task<Stream> OpenAsync(Func<Occupant> answer) =>
        new ProvenConnections(Key, Question(_ => Task.FromResult(answer()))).OpenAsync(_listener.LocalEndpoint, Token).AsTask();

    private static SharedQuestion Question(Func<CancellationToken, Task<Occupant>> ask) => new(ask, () => false, TimeProvider.System);
}
