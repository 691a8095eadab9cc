using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.EngineTests.Support;

/// <summary>Speaks the envelope <c>{code, msg, data}</c> of Plimsoll's API over <see cref="PlimsollProcess.Api"/>.</summary>
public static class PlimsollApi
{
    /// <summary>The data of a good answer.</summary>
    /// <exception cref="HttpRequestException">Any other answer, with its status, code and message.</exception>
    public static async Task<JsonNode?> GetDataAsync(this HttpClient api, string path, CancellationToken cancellationToken)
    {
        using var answer = await api.GetAsync(path, cancellationToken);
        return await ReadDataAsync(answer, cancellationToken);
    }

    /// <inheritdoc cref="GetDataAsync"/>
    public static async Task<JsonNode?> SendDataAsync(this HttpClient api, HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await api.SendAsync(request, cancellationToken);
        return await ReadDataAsync(answer, cancellationToken);
    }

    /// <inheritdoc cref="GetDataAsync"/>
    public static Task<JsonNode?> PostDataAsync(this HttpClient api, string path, object? body, CancellationToken cancellationToken) =>
        api.SendDataAsync(HttpMethod.Post, path, body, cancellationToken);

    /// <summary>Reads the envelope of any answer, also of a refusal.</summary>
    public static async Task<ApiEnvelope> ReadEnvelopeAsync(this HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            var document = JsonNode.Parse(text)!.AsObject();
            return new ApiEnvelope((int)document["code"]!, (string?)document["msg"] ?? "", document["data"]);
        }
        catch (Exception notAnEnvelope) when (notAnEnvelope is System.Text.Json.JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new HttpRequestException($"{Request(answer)} answered {(int)answer.StatusCode} without an envelope: {text}", notAnEnvelope, answer.StatusCode);
        }
    }

    private static async Task<JsonNode?> ReadDataAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var envelope = await answer.ReadEnvelopeAsync(cancellationToken);
        return answer.IsSuccessStatusCode && envelope.Code == 0
            ? envelope.Data
            : throw new HttpRequestException(
                $"{Request(answer)} answered {(int)answer.StatusCode}, code {envelope.Code}: {envelope.Message} {envelope.Data?.ToJsonString()}",
                inner: null,
                answer.StatusCode);
    }

    private static string Request(HttpResponseMessage answer) => $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath}";
}
