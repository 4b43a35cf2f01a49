import { z } from 'zod'
import type { ApiClient } from './api-client'
