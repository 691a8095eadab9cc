using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Access.Api;
using Plimsoll.Access.Audit;
using Plimsoll.Plumbing.Http;

namespace Plimsoll.Access;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(SetupRequest))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(UserRequest))]
[JsonSerializable(typeof(SecondFactorRequest))]
[JsonSerializable(typeof(SecondFactorCodeRequest))]
[JsonSerializable(typeof(Answer<AnswerErrors>))]
[JsonSerializable(typeof(Answer<Nothing>))]
[JsonSerializable(typeof(Answer<CallerResponse>))]
[JsonSerializable(typeof(Answer<SetupResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<TokenResponse>>))]
[JsonSerializable(typeof(Answer<TokenMadeResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<UserResponse>>))]
[JsonSerializable(typeof(Answer<UserResponse>))]
[JsonSerializable(typeof(Answer<UserInvitedResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<SessionResponse>>))]
[JsonSerializable(typeof(Answer<SessionsEndedResponse>))]
[JsonSerializable(typeof(Answer<SecondFactorResponse>))]
[JsonSerializable(typeof(Answer<SecondFactorKeyResponse>))]
[JsonSerializable(typeof(Answer<RecoveryCodesResponse>))]
[JsonSerializable(typeof(Answer<SignInWaysResponse>))]
[JsonSerializable(typeof(Answer<IReadOnlyList<AuditEntry>>))]
internal sealed partial class AccessJson : JsonSerializerContext;
