using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Plimsoll.EngineTests.Support;

/// <summary>The engine's API as bare JSON. On purpose not Plimsoll's own client: what is tested must not be its own witness.</summary>
internal sealed class EngineSocket(string path) : IDisposable
{
    private const string Version = "/v1.41";

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception)
            {
                socket.Dispose();
                throw;
            }
        },
    })
    {
        BaseAddress = new Uri("http://engine"),
    };

    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync("/_ping", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async Task<JsonNode> GetAsync(string resource, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(Version + resource, cancellationToken);
        await ThrowUnlessDoneAsync(answer, resource, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
    }

    /// <summary>What is gone already, or is being removed by somebody else, counts as deleted.</summary>
    public async Task DeleteAsync(string resource, CancellationToken cancellationToken)
    {
        using var answer = await http.DeleteAsync(Version + resource, cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Conflict))
        {
            await ThrowUnlessDoneAsync(answer, resource, cancellationToken);
        }
    }

    /// <summary>Pushes a tag and returns the digest under which the registry has it.</summary>
    public async Task<string> PushAsync(string repository, string tag, (string User, string Password)? login, CancellationToken cancellationToken)
    {
        var credential = new JsonObject();
        if (login is var (user, password))
        {
            credential["username"] = user;
            credential["password"] = password;
        }

        var resource = $"/images/{repository}/push?tag={Uri.EscapeDataString(tag)}";
        using var request = new HttpRequestMessage(HttpMethod.Post, Version + resource);
        request.Headers.Add("X-Registry-Auth", Convert.ToBase64String(Encoding.UTF8.GetBytes(credential.ToJsonString())));
        using var answer = await http.SendAsync(request, cancellationToken);
        await ThrowUnlessDoneAsync(answer, resource, cancellationToken);

        // The answer is a line of JSON for each step; the engine says 200 first and tells of a failure in the middle.
        string? digest = null;
        foreach (var line in (await answer.Content.ReadAsStringAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var step = JsonNode.Parse(line)!;
            if (step["error"] is { } error)
            {
                throw new InvalidOperationException($"Pushing {repository}:{tag} failed: {error}");
            }

            digest = (string?)step["aux"]?["Digest"] ?? digest;
        }

        return digest ?? throw new InvalidOperationException($"The engine did not tell the digest of {repository}:{tag}.");
    }

    public void Dispose() => http.Dispose();

    private static async Task ThrowUnlessDoneAsync(HttpResponseMessage answer, string resource, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(
                $"The engine answered {(int)answer.StatusCode} to {resource}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }
    }
}
