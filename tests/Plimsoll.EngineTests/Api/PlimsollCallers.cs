using System.Net.Http.Headers;
using System.Net.Http.Json;
using Plimsoll.EngineTests.Support;

namespace Plimsoll.EngineTests.Api;

/// <summary>People and programs that ask a running Plimsoll, each with their own rights.</summary>
internal static class PlimsollCallers
{
    public static HttpClient Nobody(this PlimsollProcess plimsoll) => Caller(plimsoll, null);

    public static async Task<HttpClient> WithRoleAsync(this PlimsollProcess plimsoll, string role, CancellationToken cancellationToken) =>
        Caller(plimsoll, await plimsoll.MakeTokenAsync(role, cancellationToken));

    public static async Task<string> MakeTokenAsync(this PlimsollProcess plimsoll, string role, CancellationToken cancellationToken) =>
        (string)(await plimsoll.Api.PostDataAsync("auth/tokens", new { name = $"tests-{role}", role }, cancellationToken))!["token"]!;

    public static HttpClient Caller(this PlimsollProcess plimsoll, string? token) =>
        new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(plimsoll.Address, "api/"),
            DefaultRequestHeaders = { Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token) },
        };

    /// <summary>Sends some request to an operation: with an empty object where a body is usual.</summary>
    public static async Task<HttpResponseMessage> SendAsync(this HttpClient caller, ApiDocument.Operation operation, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), operation.SomePath);
        request.Content = operation.Method is "GET" or "DELETE" ? null : JsonContent.Create(new { });
        return await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
