using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.Bench;

/// <summary>Asks Plimsoll for a deployment as a registry would, and waits for its end.</summary>
internal sealed class Webhook(Uri address) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(90) };

    /// <exception cref="InvalidOperationException">It did not succeed; says what Plimsoll said.</exception>
    public async Task DeployAsync(string image, CancellationToken cancellationToken)
    {
        using var answer = await _client.PostAsJsonAsync(address, new JsonObject { ["image"] = image }, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode || (string?)JsonNode.Parse(body)?["data"]?["state"] != "succeeded")
        {
            throw new InvalidOperationException($"The deployment of {image} did not succeed: {(int)answer.StatusCode} {body}");
        }
    }

    public void Dispose() => _client.Dispose();
}
