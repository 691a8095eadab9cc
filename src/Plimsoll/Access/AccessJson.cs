using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Access.Api;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(SetupRequest))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(Answer<AnswerErrors>))]
[JsonSerializable(typeof(Answer<Nothing>))]
[JsonSerializable(typeof(Answer<CallerResponse>))]
[JsonSerializable(typeof(Answer<SetupResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<TokenResponse>>))]
[JsonSerializable(typeof(Answer<TokenMadeResponse>))]
internal sealed partial class AccessJson : JsonSerializerContext;
