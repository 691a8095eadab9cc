using System.Net;
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

/// <summary>A status and the envelope under it.</summary>
internal sealed record Reply(HttpStatusCode Status, JsonNode? Body)
{
    public int Code => (int)Body!["code"]!;

    public string Message => (string)Body!["msg"]!;

    public JsonNode Data => Body!["data"]!;

    public IReadOnlyDictionary<string, string> Errors =>
        Data["errors"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!);

    public Reply ShouldBe(HttpStatusCode status, int code)
    {
        Status.ShouldBe(status, Body?.ToJsonString());
        Code.ShouldBe(code, Body?.ToJsonString());
        return this;
    }

    public Reply ShouldBeOk() => ShouldBe(HttpStatusCode.OK, 0);
}
