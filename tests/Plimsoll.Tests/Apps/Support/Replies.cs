using System.Text;
using System.Text.Json.Nodes;

namespace Plimsoll.Tests.Apps.Support;

/// <summary>Asks and answers in JSON, as short as a test wants to read them.</summary>
internal static class Replies
{
    public static async Task<Reply> SendAsync(this HttpClient client, string method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Reply(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
